import type { Connector } from "@/lib/connectors/connector";
import { applicationChecks } from "./application-checks";
import { describeKey } from "./describe-key";
import { customers } from "./entities/customers";
import { products } from "./entities/products";
import { salesOrders } from "./entities/sales-orders";
import { gateway } from "./gateway";
import { manifest } from "./manifest";
import { parseReturn, TOKEN_HEADERS } from "./parse-return";
import { pasteKey } from "./paste-key";
import { preflight } from "./preflight";
import { probeKey } from "./probe-key";
import { redeemGrant } from "./redeem-grant";
import { release } from "./release";
import { requestConsent } from "./request-consent";
import { verify } from "./verify";

export const powerofficeGo = {
  manifest,
  applicationChecks,
  consent: {
    kind: "keys",
    covers: "every_environment",
    requestAddress: requestConsent,
    redeem: redeemGrant,
    describeKey,
    giveBack: async (context, key) => {
      await release(context, key);
      return "given_back";
    },
    preflight,
  },
  parseReturn,
  returnHeaders: TOKEN_HEADERS,
  verify,
  probeKey,
  gateway,
  entities: { customers, products, "sales-orders": salesOrders },
  // What the consent began and what it became later end by the same call.
  revokeKey: release,
  pastedKey: {
    // A client key is a GUID.
    pattern: /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
    // A public integration is picked by its name; a private one ("Egendefinert") by its application key.
    enteredAtVendor: ({ publicApplicationKey }) => publicApplicationKey ?? null,
    read: pasteKey,
  },
} satisfies Connector;
