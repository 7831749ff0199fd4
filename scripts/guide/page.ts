import { Html, html } from "../../sandbox/web/html";
import type { Facts } from "./facts";
import { PEOPLE } from "./people";
import { style } from "./style";
import { type Places, type Step, TRACKS, type Track } from "./tracks";

/** Whether the sample's past is there: left out by a setting, on its way, failed, or complete since a time. */
export type Sample =
  | { state: "off" }
  | { state: "making"; connected: number }
  | { state: "failed" }
  | { state: "complete"; since: Date };

export type GuideAddresses = Places & {
  mail: string;
  poweroffice: string;
  superoffice: string;
  gateway: string | null;
  /** All activation links by the names that README uses. */
  links: Record<string, string>;
};

export type View = { track: Track; facts: Facts; addresses: GuideAddresses; sample: Sample };

const LIVE_EVERY_MS = 2_500;
const TICK = html`<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M4.5 10.5l3.5 3.5 7.5-8"/></svg>`;
const RADIUS = 15;
const ROUND = 2 * Math.PI * RADIUS;

const countDone = ({ steps }: Track, { done }: Facts): number =>
  steps.filter(({ id }) => done.has(id)).length;

function shell(title: string, body: Html, script = ""): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Kytkin demo</title>
<link rel="icon" href="data:,">
<style>${new Html(style)}</style>
</head>
<body>${body}
${script !== "" && html`<script>${new Html(script)}</script>`}
</body>
</html>`;
}

export function guidePage(view: View): Html {
  const { addresses } = view;
  return shell(
    `Start here: ${view.track.name}`,
    html`<header class="top"><div class="wrap">
<p class="brand"><svg viewBox="0 0 32 20" aria-hidden="true"><rect width="32" height="20" rx="10" fill="currentColor"/><circle cx="22" cy="10" r="6.5" fill="#fff"/><path d="M8 10h4" stroke="#fff" stroke-width="2.5" stroke-linecap="round"/></svg>Kytkin <span class="tag">Demo</span></p>
<nav aria-label="Parts of the demo"><ul><li><a href="${addresses.portal}">Portal</a></li><li><a href="${addresses.shop}">Shop</a></li><li><a href="${addresses.mail}">Mail catcher</a></li><li><a href="${addresses.procountor}/sandbox">Procountor’s stand-in</a></li></ul></nav>
</div></header>
<main class="wrap">
<div class="hero"><h1>Start here</h1>
<p>Take one of five roles. Each step has a button, and is ticked once the product itself has what the step leads to. Everything runs on this
machine, with stand-ins for the vendors: no person or company here is real.</p></div>
<div class="cols">
<nav aria-label="Roles" id="roles">${roles(view)}</nav>
<section class="track" aria-labelledby="track">${trackOf(view)}</section>
</div></main>
<footer class="foot"><div class="wrap"><h2 class="hidden">Addresses</h2><dl>
${Object.entries(addresses.links).map(([name, url]) => html`<div><dt>Activation link “${name}”</dt><dd><a href="${url}">${url}</a></dd></div>`)}
<div><dt>PowerOffice Go’s stand-in</dt><dd><a href="${addresses.poweroffice}/sandbox">${addresses.poweroffice}/sandbox</a></dd></div>
<div><dt>SuperOffice’s stand-in</dt><dd><a href="${addresses.superoffice}/sandbox">${addresses.superoffice}/sandbox</a></dd></div>
${addresses.gateway !== null && html`<div><dt>Gateway, for the partner’s software</dt><dd><code>${addresses.gateway}/gateway/v1</code></dd></div>`}
</dl></div></footer>`,
    liveScript,
  );
}

function roles({ track, facts }: View): Html {
  return html`<ul class="tracks">${TRACKS.map((one) => {
    const done = countDone(one, facts);
    return html`<li><a href="/${one.id}" ${one.id === track.id && html`aria-current="page"`}>${ring(done, one.steps.length)}
<span><b>${one.name}</b><small>${one.short}</small></span><span class="count">${done}<span class="hidden"> of</span><i aria-hidden="true">/</i>${one.steps.length}<span class="hidden"> steps done</span></span></a></li>`;
  })}</ul>`;
}

function ring(done: number, of: number): Html {
  const isAll = done === of;
  return html`<svg class="ring${isAll ? " all" : ""}" viewBox="0 0 36 36" aria-hidden="true"><circle cx="18" cy="18" r="${RADIUS}"/>
${done > 0 && html`<circle class="part" cx="18" cy="18" r="${RADIUS}" stroke-dasharray="${((ROUND * done) / of).toFixed(1)} ${ROUND.toFixed(1)}"/>`}
${isAll && html`<path d="M12 18.5l4 4 8-9"/>`}</svg>`;
}

function trackOf({ track, facts, addresses, sample }: View): Html {
  const person = PEOPLE[track.person];
  const initials = person.name.split(" ").map(([first]) => first);
  const current = track.steps.find(({ id }) => !facts.done.has(id));
  return html`<div class="intro"><h2 id="track">${track.name}</h2><p>${track.promise}</p>
<div class="person"><span class="avatar" aria-hidden="true">${initials}</span>
<div class="who"><b>${person.name}</b> <span>${person.role}</span><code>${person.email}</code></div>
<a class="button" href="/mail/${track.person}" target="_blank" rel="noopener">Open the newest mail<span class="hidden"> to ${person.name}, in a new tab</span></a></div>
<div id="sample">${track.needsPast && sampleNote(sample)}</div></div>
<ol class="steps" id="steps">${track.steps.map((step, index) => stepOf(step, index, { facts, addresses, isCurrent: step === current }))}</ol>
<div class="end" id="end">${
    current === undefined
      ? html`<p role="status" class="finished">All steps of this role are done.</p>`
      : html`<p role="status">${countDone(track, facts)} of ${track.steps.length} steps are done.</p>`
  }<p>One browser is one person in the portal: take a private window for a second one.</p></div>`;
}

type StepView = { facts: Facts; addresses: GuideAddresses; isCurrent: boolean };

function stepOf(step: Step, index: number, { facts, addresses, isCurrent }: StepView): Html {
  const isDone = facts.done.has(step.id);
  const look = isDone ? " done" : isCurrent ? " now" : "";
  return html`<li class="step${look}" id="${step.id}"><span class="dot">${isDone ? html`${TICK}<span class="hidden">Done</span>` : index + 1}</span>
<div><h3>${step.title}</h3><p>${step.words}</p></div>
<div class="go"><a class="button first" href="${step.href(addresses, facts)}" target="_blank" rel="noopener">${step.button}<span class="hidden"> in a new tab</span></a>
${step.also && html`<a class="also" href="${step.also.href(addresses)}" target="_blank" rel="noopener">${step.also.label}<span class="hidden"> in a new tab</span></a>`}</div></li>`;
}

function sampleNote(sample: Sample): Html | null {
  if (sample.state === "complete") return null;
  const words = {
    off: "This start is without sample companies and requests, as KYTKIN_SAMPLE=0 asks: some steps find nothing to do.",
    making: `The sample is being made, by the same calls that a customer’s browser makes: ${sample.state === "making" ? sample.connected : 0} of 60 companies are connected. It takes a few seconds.`,
    failed:
      "The sample is not complete: it was stopped, or failed as the log “sample” says. npm run reset starts over.",
  };
  return html`<p class="note">${words[sample.state]}</p>`;
}

/** Takes over what the server says of the steps, and keeps the focus where it is. */
const liveScript = `
const parts = ["roles", "sample", "steps", "end"];
async function follow() {
  if (document.visibilityState !== "visible") return;
  try {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of parts) {
      const here = document.getElementById(id), there = fresh.getElementById(id);
      if (!here || !there || here.innerHTML === there.innerHTML) continue;
      const links = [...here.querySelectorAll("a")], focused = links.indexOf(document.activeElement);
      here.innerHTML = there.innerHTML;
      if (focused >= 0) here.querySelectorAll("a")[focused]?.focus({ preventScroll: true });
    }
  } catch {
    // The launcher is away for a moment: the page is asked for again.
  }
}
setInterval(follow, ${LIVE_EVERY_MS});
document.addEventListener("visibilitychange", follow);
`;

/** A page with one thing to say, and a way back. */
export function plainPage(title: string, words: string, actions: Html): Html {
  return shell(
    title,
    html`<main class="plain"><h1>${title}</h1><p>${words}</p><p class="actions">${actions}</p></main>`,
  );
}
