import type { Reply } from './scenario.ts';

/** What a person has to agree to before the operator tells anybody; the button leads on. */
export const consentPage: Reply = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Your consent</title></head>
<body>
<h1>Your consent</h1>
<p>The service you use wants to verify your mobile number.</p>
<button id="agree" type="button" onclick="location.href='{next}'">I agree</button>
</body>
</html>
`,
};
