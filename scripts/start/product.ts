import { rm } from "node:fs/promises";
import type { RunningServer } from "../../sandbox/web/serve";
import { describeFailure } from "../process/explained-error";
import { Supervisor } from "../process/supervisor";
import { ensureBuilt } from "./build";
import { type Claim, claimHome, clearHome, requireIdle } from "./claim";
import { fillDatabase, prepareDatabase } from "./database";
import { requireDatabasePlace } from "./database-place";
import { type DemoFile, writeDemoFile } from "./demo-file";
import type { Installation } from "./environment";
import { startGuide } from "./guide";
import { type Home, logFile, readJson, writeJson } from "./home";
import { prepareHome } from "./home-mark";
import { parseKeptPorts, settlePorts, type Variables } from "./ports";
import { SamplePast } from "./sample-past";
import { type LoadedSecrets, loadSecrets } from "./secrets";
import { describeServices } from "./services";
import { settleSecrets } from "./settle-secrets";

export type ProductOptions = {
  home: Home;
  /** Where the ports, KYTKIN_TRUSTED_PROXIES, KYTKIN_ADOPT_DATABASE, KYTKIN_GATEWAY and KYTKIN_INTAKE may be given. */
  env: Variables;
  firstPort: number;
  /** false: the database is one that nobody will miss. */
  isDurable: boolean;
  /** Whether a new home gets companies and requests of a past, in the background. */
  hasSample?: boolean;
  say: (words: string) => void;
  /** A part cannot be kept running. */
  onGiveUp: (error: unknown) => void;
};

/** What is known before anything runs. */
type Prepared = {
  installation: Installation;
  /** Where an earlier start put the database; null at the first. */
  databaseDirectory: string | null;
  loaded: LoadedSecrets;
};

const FIRST_RESTART_DELAY_MS = 500;

/** The whole product: database, portal, worker, sandbox and mail catcher, started and stopped as one. */
export class Product {
  private readonly aborting = new AbortController();
  private readonly supervisor: Supervisor;
  private claim: Claim | undefined;
  private releaseDatabase: (() => Promise<void>) | undefined;
  private guide: RunningServer | undefined;

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
      return await this.startParts(await this.install());
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Stops everything, what uses another part before that part. */
  async stop(): Promise<void> {
    this.aborting.abort();
    await this.guide?.close();
    this.guide = undefined;
    await this.supervisor.stopAll();
    await this.releaseDatabase?.();
    this.releaseDatabase = undefined;
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

  private async install(): Promise<Prepared> {
    const { home, env, firstPort, say } = this.options;
    await prepareHome(home);
    requireIdle(home);
    // Whatever is damaged or missing is told before what an earlier start left running is stopped.
    const keptBefore = parseKeptPorts(readJson(home.files.ports), home.files.ports);
    const databaseDirectory = requireDatabasePlace(home, env.KYTKIN_ADOPT_DATABASE);
    const loaded = await loadSecrets(home, databaseDirectory !== null);
    for (const name of await clearHome(home)) say(`Stopped the ${name} that an earlier start left running.`);
    this.claim = await claimHome(home);
    // Its presence tells that the product answers; a launcher that was killed left it.
    await rm(home.files.demo, { force: true });
    const { ports, kept } = await settlePorts({
      env,
      kept: keptBefore,
      keptFile: home.files.ports,
      firstPort,
    });
    await writeJson(home.files.ports, kept);
    const trustedProxies = env.KYTKIN_TRUSTED_PROXIES || "0";
    const runsIntake = env.KYTKIN_INTAKE !== "0";
    const runsGateway = env.KYTKIN_GATEWAY !== "0";
    return {
      installation: { home, ports, secrets: loaded.secrets, trustedProxies, runsIntake, runsGateway },
      databaseDirectory,
      loaded,
    };
  }

  private async startParts(prepared: Prepared): Promise<DemoFile> {
    const { say } = this.options;
    const { installation } = prepared;
    const services = describeServices(installation);
    const { signal } = this.aborting;
    // A secret that is made anew reaches no other process before the database has told that nothing needs the old one.
    const server = this.startServer(prepared);
    const database = server.then(() => this.fill(installation));
    const stage = server.then(() => this.startStage(installation));
    const build = ensureBuilt(signal);
    // The first failure is the one to tell; the others are its consequences.
    const [seeded, didBuild] = await Promise.all([database, build, stage]);
    if (didBuild) say("The web app is built.");
    await this.supervisor.start(services.worker);
    await Promise.all([
      this.supervisor.start(services.web),
      installation.runsGateway && this.supervisor.start(services.gateway),
      installation.runsIntake && this.supervisor.start(services.intake),
    ]);
    const demo = await writeDemoFile(installation, seeded);
    const sample = new SamplePast(installation, this.options.hasSample ?? false);
    this.guide = await startGuide(installation, demo, sample);
    // The first page does not wait for it.
    void sample.make(signal).then(
      (words) => words !== "" && say(words),
      (error: unknown) => say(describeFailure(error)),
    );
    return demo;
  }

  private async startServer({ installation, databaseDirectory, loaded }: Prepared): Promise<void> {
    const { spec, release } = await prepareDatabase(installation, databaseDirectory, this.options.isDurable);
    this.releaseDatabase = release;
    await this.supervisor.start(spec);
    await settleSecrets(installation, loaded);
  }

  private async fill(installation: Installation) {
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
