/** One plain look for all stand-ins, unlike the portal's and unlike any vendor's. */
export const style = `
:root { color-scheme: light dark; --line: #8886; --accent: #7a4a00; --soft: #c9820022; }
@media (prefers-color-scheme: dark) { :root { --accent: #ffc56b; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; }
header { padding: .5rem 0; background: repeating-linear-gradient(-45deg, #ffd98a 0 12px, #ffe7b8 12px 24px); color: #402700; }
header p { max-width: 46rem; margin: 0 auto; padding: 0 1rem; font-weight: 600; }
main { max-width: 46rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; margin: 1rem 0; } h2 { font-size: 1.15rem; margin: 1.5rem 0 .5rem; }
a { color: var(--accent); }
button, .button { display: inline-block; font: inherit; padding: .5rem 1rem; border: 1px solid var(--accent); border-radius: 6px;
  background: transparent; color: var(--accent); cursor: pointer; text-decoration: none; }
button.main { background: var(--accent); color: Canvas; }
button:focus-visible, a:focus-visible, input:focus-visible, select:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
input:not([type=checkbox], [type=radio]), select, textarea { font: inherit; padding: .4rem .6rem; border: 1px solid var(--line); border-radius: 6px; max-width: 100%; }
label { display: block; margin: .4rem 0; }
fieldset { border: 1px solid var(--line); border-radius: 6px; margin: 1rem 0; min-width: 0; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .35rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
form + form { margin-top: 1rem; } .muted { text-wrap: pretty; }
.scroll { overflow-x: auto; } .actions { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.25rem 0; align-items: center; }
.note { background: var(--soft); border-left: 4px solid var(--accent); padding: .6rem .9rem; margin: 1rem 0; }
.error { border: 2px solid #b3261e; border-radius: 6px; padding: .6rem .9rem; margin: 1rem 0; }
.companies { list-style: none; padding: 0; border: 1px solid var(--line); border-radius: 6px; max-height: 26rem; overflow: auto; }
.companies li { padding: .25rem .75rem; border-bottom: 1px solid var(--line); } .companies li:last-child { border: 0; }
.muted { opacity: .75; font-size: .9rem; } code { overflow-wrap: anywhere; } pre { overflow-x: auto; }
`;
