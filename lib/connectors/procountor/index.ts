import type {
  Connector,
  DecidesAtVendor,
  LeadsToFixedAddress,
  MakesKeysByLogin,
  TakesPastedKeys,
} from "@/lib/connectors/connector";
import { activate } from "./activate";
import { beginGrant } from "./begin-grant";
import { completeGrant } from "./complete-grant";
import { keyLoginAddress, parseKeyLogin, redeemKeyLogin } from "./key-login";
import { listCustomers } from "./list-customers";
import { manifest } from "./manifest";
import { parseReturn } from "./parse-return";
import { probeKey } from "./probe-key";
import { pasteKey, verify } from "./verify";

export const procountor: Connector &
  LeadsToFixedAddress &
  DecidesAtVendor &
  TakesPastedKeys &
  MakesKeysByLogin = {
  manifest,
  beginGrant,
  parseReturn: (query, application) => {
    const vendorRequest = parseReturn(query, application);
    return vendorRequest === null ? parseKeyLogin(query) : { kind: "request", vendorRequest };
  },
  completeGrant,
  activate,
  listCustomers,
  pasteKey,
  keyLoginAddress,
  redeemKeyLogin,
  verify,
  probeKey,
};
