import type { Exchange } from "../../web/exchange";
import { type Route, route } from "../../web/router";
import { sameSite } from "../../web/same-site";
import { makeFaultSettings } from "../faults";
import type { StandIn } from "../stand-in";
import { addRecordByHand, addUserField } from "./add-record";
import { addUser, listTenants } from "./add-user";
import { applyFaults } from "./apply-faults";
import { controlPage } from "./control-page";
import { makePush } from "./make-push";
import { approveAs, signIn } from "./sign-in";

export function makeControlRoutes(standIn: StandIn): Route[] {
  const post = (path: string, work: (body: unknown) => unknown): Route =>
    route(
      "POST",
      `/sandbox/${path}`,
      sameSite(async (exchange) => exchange.sendJson(200, work(await exchange.readJson()) ?? {})),
    );
  return [
    route("GET", "/sandbox", (exchange) => exchange.sendPage(controlPage(standIn))),
    route("GET", "/sandbox/stats", (exchange) => exchange.sendJson(200, standIn.calls.read())),
    route("GET", "/sandbox/tenants", (exchange) => exchange.sendJson(200, listTenants(standIn))),
    post("faults", (body) => applyFaults(standIn, body)),
    post("sign-ins", (body) => signIn(standIn, body)),
    post("approvals", (body) => approveAs(standIn, body)),
    post("pushes", (body) => makePush(standIn, body)),
    post("records", (body) => addRecordByHand(standIn, body)),
    post("fields", (body) => addUserField(standIn, body)),
    post("users", (body) => addUser(standIn, body)),
    post("reset", () => reset(standIn)),
    route(
      "POST",
      "/sandbox/actions",
      sameSite((exchange) => carryOutForm(standIn, exchange)),
    ),
  ];
}

async function carryOutForm(standIn: StandIn, exchange: Exchange): Promise<void> {
  const form = await exchange.readForm();
  const tenant = form.get("tenant");
  const wish = form.get("do");
  if (form.has("reset")) reset(standIn);
  if (form.has("rotateKeys")) applyFaults(standIn, { rotateKeys: true });
  if (wish === "uninstall") return exchange.redirect(standIn.application.uninstallUrl);
  if (wish === "revoke" || wish === "move") applyFaults(standIn, { [wish]: tenant });
  else if (wish !== null) applyFaults(standIn, { states: { [tenant ?? ""]: wish } });
  exchange.redirect("/sandbox");
}

function reset(standIn: StandIn): void {
  const { signingKeys } = standIn.store.state;
  standIn.store.reset();
  standIn.store.state.signingKeys = signingKeys;
  standIn.store.save();
  standIn.calls.clear();
  Object.assign(standIn.faults, makeFaultSettings());
}
