import { render } from 'preact';

import { App } from '../../ui/app.tsx';

render(<App place="popup" />, document.getElementById('app') as HTMLElement);
