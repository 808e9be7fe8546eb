import type { Handler } from './call.ts';

/** What a Wi-Fi shows whoever has not signed in, whatever was asked for. */
export const captivePortal: Handler = () => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Sign in to the Wi-Fi</title></head>
<body>
<h1>Welcome</h1>
<form method="post" action="#"><label><input name="terms" type="checkbox">I accept</label><button>Connect</button></form>
</body>
</html>
`,
});
