import postgres from "postgres";
import type { RunningServer } from "../../sandbox/web/serve";
import { serveGuide } from "../guide/serve-guide";
import { adminUrl } from "../postgres/server";
import { ExplainedError } from "../process/explained-error";
import type { DemoFile } from "./demo-file";
import { DATABASE, type Installation } from "./environment";
import type { SamplePast } from "./sample-past";

/** `Start here`, served by the launcher itself: what reads all rows exists in the demo alone. */
export async function startGuide(
  { ports, secrets }: Installation,
  demo: DemoFile,
  sample: SamplePast,
): Promise<RunningServer> {
  const sql = postgres(`${adminUrl(ports.postgres, secrets.postgresAdminPassword)}/${DATABASE}`, {
    max: 1,
    idle_timeout: 30,
    onnotice: () => {},
  });
  try {
    const server = await serveGuide({
      port: ports.guide,
      sql,
      readSample: () => sample.read(sql),
      addresses: {
        portal: demo.portalUrl,
        shop: `${demo.sandboxUrl}/shop`,
        mail: demo.mailUrl,
        procountor: demo.procountorUrl,
        poweroffice: demo.powerofficeUrl,
        superoffice: demo.superofficeUrl,
        gateway: demo.gatewayUrl,
        orders: demo.activationLinks.automatic ?? demo.portalUrl,
        links: demo.activationLinks,
      },
    });
    return {
      ...server,
      close: async () => {
        await server.close();
        await sql.end({ timeout: 1 });
      },
    };
  } catch (error) {
    await sql.end({ timeout: 1 });
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE")
      throw new ExplainedError(`Port ${ports.guide} (guide) was taken meanwhile. Start again.`);
    throw error;
  }
}
