/** What the shop's page needs beside the look of all stand-ins. */
export const shopStyle = `
body { background: light-dark(#fff, #121212); }
body:has(.shop) main, body:has(.shop) header p { max-width: 72rem; }
.shop h1 { margin-bottom: .25rem; } .lead { max-width: 44rem; margin: 0 0 1.25rem; }
.counter { border: 1px solid var(--line); border-radius: 12px; padding: 1rem 1.25rem 1.25rem; margin-bottom: 1.75rem; }
.counter fieldset { border: 0; padding: 0; margin: 0 0 1rem; } .counter legend { font-weight: 600; padding: 0; margin-bottom: .5rem; }
.goods { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .75rem; }
.goods label { display: grid; grid-template-columns: auto 1fr; gap: 0 .6rem; margin: 0; padding: .75rem .9rem; border: 1px solid var(--line); border-radius: 10px; cursor: pointer; }
.goods label:has(:checked) { border-color: var(--accent); background: var(--soft); } .goods input { margin: .3rem 0 0; grid-row: span 2; accent-color: var(--accent); }
.goods b { font-weight: 600; } .goods span { font-size: .9rem; opacity: .85; }
.fields { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: end; } .fields label { margin: 0; font-size: .9rem; } .fields .grow { flex: 1 1 16rem; min-width: 0; }
.fields input, .fields select { display: block; width: 100%; margin-top: .2rem; min-height: 2.6rem; } .fields input { width: 6rem; } .fields .grow input { width: 100%; } .fields button { min-height: 2.6rem; }
.changes { margin: -.75rem 0 1.75rem; } .changes summary { cursor: pointer; font-weight: 600; } .change { margin: .75rem 0 0; } .change button { min-width: 11rem; }
.orders { list-style: none; padding: 0; margin: 0; display: grid; gap: .75rem; }
.heads, .order { display: grid; grid-template-columns: 1.25fr 1fr 1fr; gap: 0 1rem; } .heads { padding: 0 1.15rem .4rem; font-weight: 600; font-size: .9rem; } .heads span + span { padding-left: 1rem; }
.order { border: 1px solid var(--line); border-radius: 12px; padding: .9rem 1.15rem; } .order > div { min-width: 0; } .order > div + div { border-left: 1px solid var(--line); padding-left: 1rem; }
.order p { margin: .15rem 0; overflow-wrap: anywhere; } .order h3 { font-size: 1rem; margin: 0; } .order small { opacity: .8; } .order form { margin: .5rem 0 0; } .order button { padding: .3rem .75rem; font-size: .9rem; }
.badge { display: inline-block; border: 1px solid var(--line); border-radius: 99px; padding: .05rem .6rem; font-size: .85rem; font-weight: 600; }
.badge.good { color: light-dark(#14653a, #74d9a0); border-color: currentColor; } .badge.bad { color: light-dark(#ab1e2a, #ff9da3); border-color: currentColor; } .badge.busy { color: var(--accent); border-color: currentColor; }
.col { display: none; font-size: .8rem; font-weight: 600; opacity: .75; }
@media (max-width: 46rem) { .heads { display: none; } .order { grid-template-columns: 1fr; gap: .75rem; } .order > div + div { border-left: 0; padding-left: 0; border-top: 1px solid var(--line); padding-top: .75rem; } .col { display: block; } .fields button { width: 100%; } }
`;
