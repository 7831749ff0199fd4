import type { DemoFile } from "./demo-file";

/** Says where everything is. */
export function printWelcome(demo: DemoFile, elapsedMs: number): void {
  const links = Object.entries(demo.activationLinks).map(([name, url]) => `    ${name.padEnd(12)}${url}`);
  const users = Object.entries(demo.users).map(([name, { email }]) => `    ${name.padEnd(14)}${email}`);
  console.log(
    [
      "",
      `Kytkin is ready after ${(elapsedMs / 1000).toFixed(1)} s.`,
      "",
      `  Portal        ${demo.portalUrl}`,
      ...(demo.gatewayUrl
        ? [`  Gateway       ${demo.gatewayUrl}/gateway/v1  (for the partner's own software, with an API key)`]
        : []),
      `  Mail catcher  ${demo.mailUrl}  (every e-mail that the portal sends arrives here)`,
      `  Sandbox       ${demo.sandboxUrl}  (stand-ins for the vendor's and the partner's systems)`,
      "",
      "  Open one of these links to activate an integration:",
      ...links,
      "",
      "  Sign in as one of these, with the link or code from the mail catcher:",
      ...users,
      "",
      "Ctrl-C stops everything and keeps the data; `npm run reset` starts over.",
    ].join("\n"),
  );
}
