/** The portal's colours and type, for a page that is served without its build. */
export const style = `
@font-face { font-family: "Inter Variable"; src: url("/inter.woff2") format("woff2"); font-weight: 100 900; font-display: swap; }
:root { color-scheme: light dark;
  --canvas: light-dark(#f6f7f9, #0e1013); --surface: light-dark(#ffffff, #16191e); --sunken: light-dark(#eff1f4, #1e2228);
  --line: light-dark(#e1e4e9, #2b3038); --line-strong: light-dark(#828a96, #707987);
  --ink: light-dark(#14171c, #eceef2); --ink-soft: light-dark(#535a66, #a5adba);
  --accent: light-dark(#3151d3, #4666e5); --accent-hover: light-dark(#2743b4, #3a58d1); --accent-text: light-dark(#2743b4, #a3b5ff);
  --accent-soft: light-dark(#eef1fd, #1a2140); --accent-line: light-dark(#c7d1f8, #36437c);
  --success: light-dark(#1b7a48, #74d9a0); --success-text: light-dark(#14653a, #74d9a0); --success-soft: light-dark(#e9f6ef, #10281b);
  --warning-text: light-dark(#824700, #f2bf62); --warning-soft: light-dark(#fef5e5, #2b210a); --warning-line: light-dark(#f0d6a2, #5a4719); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--canvas); color: var(--ink); line-height: 1.55; -webkit-font-smoothing: antialiased;
  font-family: "Inter Variable", ui-sans-serif, system-ui, sans-serif; font-size: 1rem; }
h1, h2, h3 { margin: 0; text-wrap: balance; line-height: 1.25; letter-spacing: -0.012em; } p { margin: 0; text-wrap: pretty; }
a { color: var(--accent-text); } :focus-visible { outline: 2px solid var(--accent-text); outline-offset: 2px; }
.wrap { max-width: 72rem; margin: 0 auto; padding: 0 1.5rem; }
.top { background: var(--surface); border-bottom: 1px solid var(--line); }
.top .wrap { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.5rem; min-height: 3.75rem; padding-block: .5rem; }
.brand { display: flex; align-items: center; gap: .6rem; font-weight: 650; } .brand svg { width: 2rem; color: var(--accent); }
.brand .tag { font-size: .75rem; font-weight: 550; color: var(--ink-soft); border: 1px solid var(--line); border-radius: 99px; padding: .05rem .55rem; }
.top nav { margin-left: auto; } .top ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; padding: 0; font-size: .9rem; }
.top li a { display: inline-block; padding: .3rem 0; color: var(--ink-soft); text-decoration: none; } .top li a:hover { color: var(--accent-text); text-decoration: underline; }
.hero { padding: 2.5rem 0 2rem; max-width: 44rem; } .hero h1 { font-size: 2rem; font-weight: 680; } .hero p { margin-top: .6rem; color: var(--ink-soft); font-size: 1.0625rem; }
.cols { display: grid; grid-template-columns: 18.5rem minmax(0, 1fr); gap: 2rem; padding-bottom: 4rem; align-items: start; }
.tracks { list-style: none; margin: 0; padding: 0; display: grid; gap: .375rem; }
.tracks a { display: flex; align-items: center; gap: .85rem; padding: .7rem .85rem; border-radius: 12px; border: 1px solid transparent; color: inherit; text-decoration: none; }
.tracks a:hover { background: var(--sunken); } .tracks a[aria-current] { background: var(--surface); border-color: var(--line); box-shadow: 0 1px 2px rgb(16 20 28 / .05); }
.tracks b { display: block; font-weight: 600; line-height: 1.35; } .tracks small { color: var(--ink-soft); font-size: .8125rem; }
.count { margin-left: auto; font-size: .8125rem; color: var(--ink-soft); font-variant-numeric: tabular-nums; } .count i { font-style: normal; padding: 0 .1em; }
.ring { width: 2.25rem; flex: none; } .ring circle { fill: none; stroke-width: 3.5; stroke: var(--line); }
.ring .part { stroke: var(--accent); stroke-linecap: round; transform: rotate(-90deg); transform-origin: center; } .ring.all .part { stroke: var(--success); }
.ring path { fill: none; stroke: var(--success-text); stroke-width: 2.75; stroke-linecap: round; stroke-linejoin: round; }
.track { background: var(--surface); border: 1px solid var(--line); border-radius: 16px; box-shadow: 0 1px 2px rgb(16 20 28 / .05); overflow: clip; }
.intro { padding: 1.75rem 2rem 1.5rem; border-bottom: 1px solid var(--line); } .intro h2 { font-size: 1.375rem; font-weight: 650; } .intro > p { margin-top: .35rem; color: var(--ink-soft); max-width: 40rem; }
.person { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem .85rem; margin-top: 1.25rem; padding: .7rem .85rem; background: var(--sunken); border-radius: 12px; }
.avatar { width: 2.25rem; height: 2.25rem; flex: none; border-radius: 99px; display: grid; place-items: center; background: var(--accent-soft); color: var(--accent-text); border: 1px solid var(--accent-line); font-size: .8125rem; font-weight: 650; }
.who { min-width: 0; flex: 1 1 14rem; font-size: .9rem; } .who b { font-weight: 600; } .who span { color: var(--ink-soft); } .who code { display: block; font-size: .8125rem; overflow-wrap: anywhere; }
.steps { list-style: none; margin: 0; padding: .5rem 2rem 1rem; }
.step { display: grid; grid-template-columns: 2rem minmax(0, 1fr) auto; gap: .25rem 1rem; padding: 1.15rem 0; align-items: start; } .step + .step { border-top: 1px solid var(--line); }
.dot { width: 1.75rem; height: 1.75rem; border-radius: 99px; border: 1.5px solid var(--line-strong); display: grid; place-items: center; font-size: .8125rem; font-weight: 600; color: var(--ink-soft); font-variant-numeric: tabular-nums; }
.step.now .dot { background: var(--accent); border-color: var(--accent); color: #fff; }
.step.done .dot { background: var(--success-soft); border-color: var(--success); color: var(--success-text); } .dot svg { width: 1rem; fill: none; stroke: currentColor; stroke-width: 2.5; stroke-linecap: round; stroke-linejoin: round; }
.step h3 { font-size: 1rem; font-weight: 600; padding-top: .15rem; } .step p { margin-top: .25rem; color: var(--ink-soft); font-size: .9375rem; } .step.done h3 { color: var(--ink-soft); font-weight: 500; }
.go { display: flex; flex-direction: column; align-items: flex-end; gap: .5rem; }
.button { display: inline-flex; align-items: center; justify-content: center; min-height: 2.5rem; padding: .4rem .95rem; border-radius: 9px; font: inherit; font-size: .9rem; font-weight: 550; text-decoration: none; white-space: nowrap; cursor: pointer;
  background: var(--surface); color: var(--ink); border: 1px solid var(--line-strong); } .button:hover { background: var(--sunken); }
.step.now .button.first { background: var(--accent); border-color: var(--accent); color: #fff; } .step.now .button.first:hover { background: var(--accent-hover); }
.go .also { font-size: .8125rem; }
.note { margin: 1.25rem 0 0; padding: .7rem .9rem; border: 1px solid var(--warning-line); background: var(--warning-soft); color: var(--warning-text); border-radius: 10px; font-size: .9rem; }
.end { padding: 1rem 2rem 1.5rem; color: var(--ink-soft); font-size: .9rem; border-top: 1px solid var(--line); } .finished { color: var(--success-text); font-weight: 550; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.foot { border-top: 1px solid var(--line); padding: 1.5rem 0 3rem; color: var(--ink-soft); font-size: .875rem; } .foot dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: .75rem 2rem; margin: 0; } .foot dt { font-weight: 600; color: var(--ink); } .foot dd { margin: 0; overflow-wrap: anywhere; }
.plain { max-width: 36rem; margin: 4rem auto; padding: 2rem; background: var(--surface); border: 1px solid var(--line); border-radius: 16px; } .plain h1 { font-size: 1.375rem; } .plain p { margin-top: .75rem; color: var(--ink-soft); } .plain .actions { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.25rem; }
@media (max-width: 60rem) { .cols { grid-template-columns: minmax(0, 1fr); gap: 1.25rem; } .tracks { grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); } }
@media (max-width: 40rem) { .wrap { padding: 0 1rem; } .hero { padding: 1.5rem 0 1.25rem; } .hero h1 { font-size: 1.625rem; } .top nav { margin-left: 0; } .intro { padding: 1.25rem 1rem; } .steps { padding: .25rem 1rem .5rem; } .end { padding: 1rem; }
  .tracks { grid-template-columns: minmax(0, 1fr); gap: .125rem; } .tracks a { padding: .4rem .6rem; min-height: 2.75rem; } .ring { width: 1.75rem; } .tracks small { display: none; }
  .step { grid-template-columns: 2rem minmax(0, 1fr); } .go { grid-column: 2; align-items: flex-start; margin-top: .6rem; } .person .button { width: 100%; } }
@media print { .button, .top ul { display: none; } }
`;
