import { render } from 'preact';

import { App } from '../../ui/app.tsx';

render(<App place="tab" />, document.getElementById('app') as HTMLElement);
