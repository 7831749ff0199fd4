import type { Seeded } from "./database";
import { describeUrls, type Installation } from "./environment";
import { writeJson } from "./home";
import type { Ports } from "./ports";

/** What `demo.json` holds: where the running demo is and how to get in, for scripts and browser tests. */
export type DemoFile = {
  /** The page `Start here`. */
  guideUrl: string;
  portalUrl: string;
  /** null: left out. */
  gatewayUrl: string | null;
  mailUrl: string;
  sandboxUrl: string;
  procountorUrl: string;
  powerofficeUrl: string;
  superofficeUrl: string;
  /** Absolute URLs. */
  activationLinks: Record<string, string>;
  users: Record<string, { email: string }>;
  partnerApiKeys: Record<string, string>;
  ports: Ports;
};

export async function writeDemoFile(
  { home, ports, secrets, runsGateway }: Installation,
  seeded: Seeded,
): Promise<DemoFile> {
  const urls = describeUrls(ports);
  const links = Object.entries(seeded.activationLinks).map(([name, path]) => [name, `${urls.portal}${path}`]);
  const demo: DemoFile = {
    guideUrl: urls.guide,
    portalUrl: urls.portal,
    gatewayUrl: runsGateway ? urls.gateway : null,
    mailUrl: urls.mail,
    sandboxUrl: urls.sandbox,
    procountorUrl: urls.procountor,
    powerofficeUrl: urls.poweroffice,
    superofficeUrl: urls.superoffice,
    activationLinks: Object.fromEntries(links),
    users: seeded.users,
    partnerApiKeys: { demo: secrets.partnerApiKey },
    ports,
  };
  await writeJson(home.files.demo, demo);
  return demo;
}
