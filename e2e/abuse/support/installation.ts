import { describeEnvironments, type Installation } from "../../../scripts/start/environment";
import { describeHome } from "../../../scripts/start/home";
import { loadSecrets } from "../../../scripts/start/secrets";
import { demo } from "../../support/demo";

/** What the running product was started with. An attacker does not have it; who judges the attack does. */
export async function readInstallation(): Promise<Installation> {
  const home = describeHome(process.env.KYTKIN_HOME || ".kytkin");
  const { secrets } = await loadSecrets(home, true);
  return { home, ports: demo().ports, secrets, trustedProxies: "1", runsIntake: true, runsGateway: true };
}

/** The superuser's address of the product's database: policies hide nothing from it. */
export async function readAdminUrl(): Promise<string> {
  const { migrate } = describeEnvironments(await readInstallation());
  return migrate.KYTKIN_ADMIN_DATABASE_URL ?? Promise.reject(new Error("no address of the database"));
}
