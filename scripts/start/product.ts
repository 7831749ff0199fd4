import { rm } from "node:fs/promises";
import { Supervisor } from "../process/supervisor";
import { ensureBuilt } from "./build";
import { type Claim, claimHome, clearHome } from "./claim";
import { fillDatabase, prepareDatabase } from "./database";
import { type DemoFile, writeDemoFile } from "./demo-file";
import type { Installation } from "./environment";
import { type Home, logFile, prepareHome, readJson, writeJson } from "./home";
import { parseKeptPorts, settlePorts, type Variables } from "./ports";
import { loadSecrets } from "./secrets";
import { describeServices } from "./services";

export type ProductOptions = {
  home: Home;
  /** Where the ports and KYTKIN_TRUSTED_PROXIES may be given. */
  env: Variables;
  firstPort: number;
  /** false: the database is one that nobody will miss. */
  isDurable: boolean;
  say: (words: string) => void;
  /** A part cannot be kept running. */
  onGiveUp: (error: unknown) => void;
};

const FIRST_RESTART_DELAY_MS = 500;

/** The whole product: database, portal, worker, sandbox and mail catcher, started and stopped as one. */
export class Product {
  private readonly aborting = new AbortController();
  private readonly supervisor: Supervisor;
  private claim: Claim | undefined;

  constructor(private readonly options: ProductOptions) {
    this.supervisor = new Supervisor({
      logFile: (name) => logFile(options.home, name),
      say: options.say,
      onChange: (children) => this.claim?.record(children),
      onGiveUp: options.onGiveUp,
      firstDelayMs: FIRST_RESTART_DELAY_MS,
    });
  }

  /** Starts everything and waits until it answers. On failure stops what had started, and throws. */
  async start(): Promise<DemoFile> {
    try {
      const installation = await this.install();
      return await this.startParts(installation);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Stops everything, what uses another part before that part. */
  async stop(): Promise<void> {
    this.aborting.abort();
    await this.supervisor.stopAll();
    if (this.claim === undefined) return;
    await rm(this.options.home.files.demo, { force: true });
    await this.claim.release();
    this.claim = undefined;
  }

  /** Ends everything at once. */
  kill(): void {
    this.aborting.abort();
    this.supervisor.killAll();
  }

  private async install(): Promise<Installation> {
    const { home, env, firstPort, say } = this.options;
    await prepareHome(home);
    for (const name of await clearHome(home)) say(`Stopped the ${name} that an earlier start left running.`);
    this.claim = await claimHome(home);
    // Its presence tells that the product answers; a launcher that was killed left it.
    await rm(home.files.demo, { force: true });
    const { ports, kept } = await settlePorts({
      env,
      kept: parseKeptPorts(readJson(home.files.ports), home.files.ports),
      keptFile: home.files.ports,
      firstPort,
    });
    await writeJson(home.files.ports, kept);
    const trustedProxies = env.KYTKIN_TRUSTED_PROXIES || "0";
    return { home, ports, secrets: await loadSecrets(home), trustedProxies };
  }

  private async startParts(installation: Installation): Promise<DemoFile> {
    const { say } = this.options;
    const services = describeServices(installation);
    const { signal } = this.aborting;
    const database = this.startDatabase(installation);
    const stage = this.startStage(installation);
    const build = ensureBuilt(signal);
    // The first failure is the one to tell; the others are its consequences.
    const [seeded, didBuild] = await Promise.all([database, build, stage]);
    if (didBuild) say("The web app is built.");
    await this.supervisor.start(services.worker);
    await this.supervisor.start(services.web);
    return await writeDemoFile(installation, seeded);
  }

  private async startDatabase(installation: Installation) {
    const { spec } = await prepareDatabase(installation, this.options.isDurable);
    await this.supervisor.start(spec);
    const seeded = await fillDatabase(installation, this.aborting.signal);
    this.options.say("The database is ready.");
    return seeded;
  }

  /** What the portal talks to: the stand-ins and the mail catcher. */
  private async startStage(installation: Installation): Promise<void> {
    const services = describeServices(installation);
    await Promise.all([this.supervisor.start(services.mail), this.supervisor.start(services.sandbox)]);
    this.options.say("The sandbox and the mail catcher are ready.");
  }
}
