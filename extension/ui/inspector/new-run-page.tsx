import { App } from '../app.tsx';

export function NewRunPage() {
  return <App place="tab" />;
}
