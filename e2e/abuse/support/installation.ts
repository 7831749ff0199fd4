import { describeEnvironments, type Installation } from "../../../scripts/start/environment";
import { describeHome, readJson } from "../../../scripts/start/home";
import { parseKeptPorts } from "../../../scripts/start/ports";
import { loadSecrets } from "../../../scripts/start/secrets";

/** What the running product was started with. An attacker does not have it; who judges the attack does. */
export async function readInstallation(): Promise<Installation> {
  const home = describeHome(process.env.KYTKIN_HOME || ".kytkin");
  const { portal, sandbox, procountor, poweroffice, mail, smtp, postgres } = parseKeptPorts(
    readJson(home.files.ports),
    home.files.ports,
  );
  if (!portal || !sandbox || !procountor || !poweroffice || !mail || !smtp || !postgres)
    throw new Error(
      `${home.files.ports} does not name every port: start the product without ports of your own`,
    );
  const ports = { portal, sandbox, procountor, poweroffice, mail, smtp, postgres };
  return { home, ports, secrets: await loadSecrets(home), trustedProxies: "1" };
}

/** The superuser's address of the product's database: policies hide nothing from it. */
export async function readAdminUrl(): Promise<string> {
  const { migrate } = describeEnvironments(await readInstallation());
  return migrate.KYTKIN_ADMIN_DATABASE_URL ?? Promise.reject(new Error("no address of the database"));
}
