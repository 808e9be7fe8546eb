/** The report's whole style, inline: it has to look the same offline, printed and in a dark room. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --line: #c9ced6; --soft: #5a6472; --mark: #8a4b00; --good: #0b6b3a; --bad: #a3161f; --page: #fff; --ink: #16191d; }
@media (prefers-color-scheme: dark) { :root { --line: #3b434e; --soft: #a7b0bd; --mark: #f2b55f; --good: #63d297; --bad: #ff8d8d; --page: #14171b; --ink: #e9edf2; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 1.5rem; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 1rem; } h2 { font-size: 1.2rem; margin: 0 0 .5rem; } h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
article { border-top: 1px solid var(--line); padding: 1.5rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: start; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 600; }
.mark { border: 1px solid currentColor; border-radius: .25rem; color: var(--mark); font-size: .8rem; font-weight: 600; padding: 0 .4rem; margin-inline-start: .5rem; text-transform: uppercase; }
.as_expected { color: var(--good); } .not_as_expected { color: var(--bad); }
p.note { color: var(--soft); }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
@media print { :root { color-scheme: light; --page: #fff; --ink: #000; --line: #999; --soft: #333; --mark: #000; --good: #000; --bad: #000; } body { max-width: none; padding: 0; font-size: 10pt; } article { break-before: page; } tr, dl > * { break-inside: avoid; } .scroll { overflow: visible; } }
`;
