import { render } from 'preact';

import { SettingsPage } from '../../ui/settings-page.tsx';

render(<SettingsPage />, document.getElementById('app') as HTMLElement);
