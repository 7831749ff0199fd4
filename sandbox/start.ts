import {
  startDemoPartner,
  startPowerOfficeSandbox,
  startProcountorSandbox,
  startSuperOfficeSandbox,
} from ".";

/** Entry point: all stand-ins in one process, until SIGTERM or SIGINT. Prints one line of JSON when they listen. */
function readSetting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

function readPort(name: string): number {
  const port = Number(readSetting(name));
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`${name} is not a port`);
  return port;
}

const shared = { stateDir: readSetting("SANDBOX_STATE_DIR"), portalUrl: readSetting("SANDBOX_PORTAL_URL") };

const procountor = await startProcountorSandbox({
  ...shared,
  port: readPort("SANDBOX_PROCOUNTOR_PORT"),
  clientSecret: readSetting("SANDBOX_CLIENT_SECRET"),
  m2mApiKey: readSetting("SANDBOX_M2M_API_KEY"),
});
const poweroffice = await startPowerOfficeSandbox({
  ...shared,
  port: readPort("SANDBOX_POWEROFFICE_PORT"),
  applicationKey: readSetting("SANDBOX_APPLICATION_KEY"),
  subscriptionKey: readSetting("SANDBOX_SUBSCRIPTION_KEY"),
});
const superoffice = await startSuperOfficeSandbox({
  ...shared,
  port: readPort("SANDBOX_SUPEROFFICE_PORT"),
  applicationToken: readSetting("SANDBOX_APPLICATION_TOKEN"),
  privateKey: readSetting("SANDBOX_PRIVATE_KEY"),
});
const partner = await startDemoPartner({
  ...shared,
  port: readPort("SANDBOX_PORT"),
  partnerApiKey: readSetting("SANDBOX_PARTNER_API_KEY"),
  gatewayUrl: process.env.SANDBOX_GATEWAY_URL || undefined,
  procountorUrl: procountor.url,
  powerofficeUrl: poweroffice.url,
  superofficeUrl: superoffice.url,
});

async function stop(): Promise<void> {
  await Promise.all([procountor.close(), poweroffice.close(), superoffice.close(), partner.close()]);
  process.exit(0);
}
process.once("SIGTERM", stop);
process.once("SIGINT", stop);

process.stdout.write(
  `${JSON.stringify({
    ready: true,
    sandboxUrl: partner.url,
    procountorUrl: procountor.url,
    powerofficeUrl: poweroffice.url,
    superofficeUrl: superoffice.url,
  })}\n`,
);
