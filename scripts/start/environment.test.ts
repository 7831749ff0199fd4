import { expect, test } from "vitest";
import { describeEnvironments, type Environments } from "./environment";
import { describeHome } from "./home";

const secrets = {
  postgresAdminPassword: "admin-password",
  ownerPassword: "owner-password",
  webPassword: "web-password",
  workerPassword: "worker-password",
  gatewayPassword: "gateway-password",
  intakePassword: "intake-password",
  nextauthSecret: "nextauth-secret",
  keys: "k1:sealing-key",
  gatewayKeys: "g1:data-key",
  intakeKeys: "i1:intake-key",
  hashKey: "hash-key",
  inngestSigningKey: "signing-key",
  inngestEventKey: "event-key",
  sandboxClientSecret: "client-secret",
  sandboxM2mApiKey: "m2m-key",
  sandboxApplicationKey: "application-key",
  sandboxSubscriptionKey: "subscription-key",
  sandboxApplicationToken: "application-token",
  sandboxPrivateKey: "private-key",
  partnerApiKey: "partner-key",
};
const ports = {
  portal: 1,
  sandbox: 2,
  procountor: 3,
  mail: 4,
  smtp: 5,
  postgres: 6,
  poweroffice: 7,
  superoffice: 8,
  gateway: 9,
  sftp: 10,
  guide: 11,
};
const home = describeHome("anywhere");
const environments = describeEnvironments({
  home,
  ports,
  secrets,
  trustedProxies: "0",
  runsIntake: true,
  runsGateway: true,
});

/** Which process may know which secret; whatever is not listed may not. */
const MAY_KNOW: Record<keyof Environments, (keyof typeof secrets)[]> = {
  migrate: [
    "postgresAdminPassword",
    "ownerPassword",
    "webPassword",
    "workerPassword",
    "gatewayPassword",
    "intakePassword",
  ],
  seed: [
    "workerPassword",
    "keys",
    "gatewayKeys",
    "intakeKeys",
    "hashKey",
    "inngestSigningKey",
    "inngestEventKey",
    "sandboxClientSecret",
    "sandboxM2mApiKey",
    "sandboxApplicationKey",
    "sandboxSubscriptionKey",
    "sandboxApplicationToken",
    "sandboxPrivateKey",
    "partnerApiKey",
  ],
  sample: ["postgresAdminPassword", "partnerApiKey"],
  web: ["webPassword", "nextauthSecret"],
  worker: [
    "workerPassword",
    "keys",
    "gatewayKeys",
    "intakeKeys",
    "hashKey",
    "inngestSigningKey",
    "inngestEventKey",
  ],
  gateway: ["gatewayPassword", "gatewayKeys"],
  intake: ["intakePassword", "intakeKeys"],
  sandbox: [
    "sandboxClientSecret",
    "sandboxM2mApiKey",
    "sandboxApplicationKey",
    "sandboxSubscriptionKey",
    "sandboxApplicationToken",
    "sandboxPrivateKey",
    "partnerApiKey",
  ],
  mail: [],
};

test.each(Object.keys(MAY_KNOW) as (keyof Environments)[])(
  "%s knows its own secrets and no other",
  (name) => {
    const text = Object.values(environments[name]).join("\n");
    const known = Object.entries(secrets).flatMap(([secret, value]) =>
      text.includes(value) ? [secret] : [],
    );
    expect(known.sort()).toEqual([...MAY_KNOW[name]].sort());
  },
);

test("the portal and the sandbox are on different sites", () => {
  expect(environments.web.KYTKIN_PUBLIC_URL).toBe("http://localhost:1");
  expect(environments.seed.KYTKIN_SANDBOX_PROCOUNTOR_URL).toBe("http://127.0.0.1:3");
});
