import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Sql } from "postgres";
import type { Exchange } from "../../sandbox/web/exchange";
import { html } from "../../sandbox/web/html";
import { findRoute, type Route, route } from "../../sandbox/web/router";
import { type RunningServer, serve } from "../../sandbox/web/serve";
import { readFacts } from "./facts";
import { findNewestMail } from "./newest-mail";
import { type GuideAddresses, guidePage, plainPage, type Sample } from "./page";
import { isPerson, PEOPLE } from "./people";
import { makeSampleFile } from "./sample-file";
import { TRACKS } from "./tracks";

const FONT = join(
  import.meta.dirname,
  "../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
);
const DAY_SECONDS = 86_400;

export type GuideOptions = {
  port: number;
  addresses: GuideAddresses;
  /** The product's database, as a login that sees all rows. */
  sql: Sql;
  readSample: () => Promise<Sample>;
};

/** Serves `Start here`: what to do with the demo, ticked by what the product's database holds. */
export function serveGuide(options: GuideOptions): Promise<RunningServer> {
  const routes: Route[] = [
    route("GET", "/", (exchange) => sendTrack(options, exchange, TRACKS[0]?.id ?? "")),
    route("GET", "/inter.woff2", sendFont),
    route("GET", "/invoices.csv", sendSampleFile),
    route("GET", "/mail/:person", (exchange) => openNewestMail(options, exchange)),
    route("GET", "/:track", (exchange) => sendTrack(options, exchange, exchange.param("track"))),
  ];
  return serve(options.port, (exchange) => {
    const found = findRoute(routes, exchange, exchange.url.pathname);
    return found ? found.handle(exchange) : sendNotFound(exchange);
  });
}

const HOME = html`<a class="button" href="/">Start here</a>`;

function sendNotFound(exchange: Exchange): void {
  exchange.sendPage(plainPage("Not found", "There is nothing at this address.", HOME), 404);
}

async function sendTrack(
  { addresses, sql, readSample }: GuideOptions,
  exchange: Exchange,
  id: string,
): Promise<void> {
  const track = TRACKS.find((one) => one.id === id);
  if (!track) return sendNotFound(exchange);
  const sample = await readSample();
  const facts = await readFacts(sql, sample.state === "complete" ? sample.since : null);
  exchange.sendPage(guidePage({ track, facts, addresses, sample }));
}

async function openNewestMail({ addresses }: GuideOptions, exchange: Exchange): Promise<void> {
  const name = exchange.param("person");
  if (!isPerson(name)) return sendNotFound(exchange);
  const { email, name: fullName } = PEOPLE[name];
  const address = await findNewestMail(addresses.mail, email);
  if (address !== null) return exchange.redirect(address);
  exchange.sendPage(
    plainPage(
      `No mail to ${fullName} yet`,
      `The portal has sent nothing to ${email} so far. Ask for a sign-in mail there, then try again.`,
      html`<a class="button" href="/mail/${name}">Try again</a> <a class="button" href="${addresses.portal}/sign-in">Open the sign-in</a>`,
    ),
  );
}

async function sendFont(exchange: Exchange): Promise<void> {
  const font = await readFile(FONT);
  exchange.response
    .writeHead(200, { "content-type": "font/woff2", "cache-control": `max-age=${DAY_SECONDS}` })
    .end(font);
}

function sendSampleFile(exchange: Exchange): void {
  exchange.send(200, makeSampleFile(new Date().toISOString().slice(0, 10)), {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": 'attachment; filename="invoices.csv"',
  });
}
