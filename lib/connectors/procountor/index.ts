import type { Connector } from "@/lib/connectors/connector";
import { activate } from "./activate";
import { applicationChecks } from "./application-checks";
import { beginGrant } from "./begin-grant";
import { completeGrant } from "./complete-grant";
import { customers } from "./entities/customers";
import { products } from "./entities/products";
import { salesInvoices } from "./entities/sales-invoices";
import { gateway } from "./gateway";
import { keyLoginAddress, parseKeyLogin, redeemKeyLogin } from "./key-login";
import { listCustomers } from "./list-customers";
import { manifest } from "./manifest";
import { parseReturn } from "./parse-return";
import { probeKey } from "./probe-key";
import { acceptsReason } from "./reason";
import { pasteKey, verify } from "./verify";

export const procountor = {
  manifest,
  applicationChecks,
  consent: {
    kind: "decision",
    address: beginGrant,
    read: completeGrant,
    decide: activate,
    listCustomers,
    acceptsReason,
  },
  parseReturn: (query, application) => {
    const vendorRequest = parseReturn(query, application);
    return vendorRequest === null ? parseKeyLogin(query) : { kind: "request", vendorRequest };
  },
  verify,
  probeKey,
  entities: { [salesInvoices.id]: salesInvoices, customers, products },
  gateway,
  pastedKey: {
    // Its keys look like JWTs; the vendor does not promise that, so only length and characters are looked at.
    pattern: /^[\x21-\x7e]{16,4000}$/,
    enteredAtVendor: ({ clientId }) => clientId,
    read: pasteKey,
    login: { address: keyLoginAddress, redeem: redeemKeyLogin },
  },
} satisfies Connector;
