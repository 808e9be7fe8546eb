import type { Reply } from './scenario.ts';

/** What a person sees off-net at an operator that asks instead of refusing (GSMA Mobile Connect DI R2.3). */
export const enterNumberPage: Reply = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Enter your mobile number</title></head>
<body>
<h1>Enter your mobile number</h1>
<p>We could not recognise your mobile connection.</p>
<form method="post" action="#">
<label>Mobile number <input name="msisdn" type="tel" autocomplete="tel"></label>
<button>Continue</button>
</form>
</body>
</html>
`,
};
