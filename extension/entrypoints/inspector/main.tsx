import { render } from 'preact';

import { InspectorPage } from '../../ui/inspector/inspector-page.tsx';

render(<InspectorPage />, document.getElementById('app') as HTMLElement);
