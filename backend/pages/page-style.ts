/** Large enough for a phone at arm's length; the colours of the extension. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --paper: #fff; --raised: #f6f7f9; --line: #dfe2e8; --ink: #14171c; --dim: #5a6372; --accent: #3d4fd1; --on-accent: #fff; }
@media (prefers-color-scheme: dark) { :root { --paper: #14171c; --raised: #1c2027; --line: #2b3039; --ink: #eceff4; --dim: #9aa4b5; --accent: #95a3ff; --on-accent: #10131c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.5 system-ui, sans-serif; }
main { max-width: 34rem; margin: 0 auto; padding: 20px 20px 40px; }
.brand { margin: 0 0 20px; color: var(--dim); font-size: 14px; font-weight: 600; }
h1 { margin: 0 0 16px; font-size: 26px; line-height: 1.25; }
p, ul, ol, dl, form { margin: 0 0 16px; }
ul, ol { padding-inline-start: 24px; } li { margin: 0 0 8px; }
dl { padding: 14px 16px; border: 1px solid var(--line); border-radius: 12px; background: var(--raised); }
dt { color: var(--dim); font-size: 14px; } dd { margin: 0 0 10px; font-weight: 600; overflow-wrap: anywhere; } dd:last-child { margin: 0; }
button { width: 100%; min-height: 56px; border: 0; border-radius: 12px; background: var(--accent); color: var(--on-accent); font: 600 18px/1.2 system-ui, sans-serif; cursor: pointer; }
button:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px; }
/* What has to be done before the button is pressed. */
.first { padding-inline-start: 14px; border-inline-start: 4px solid var(--accent); }
/* In no colour of a verdict: this page knows none. */
.done { display: grid; place-items: center; width: 72px; height: 72px; border-radius: 50%; background: var(--raised); color: var(--accent); font-size: 36px; font-weight: 700; }
.dim { color: var(--dim); font-size: 15px; }
code { font: 15px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
`;
