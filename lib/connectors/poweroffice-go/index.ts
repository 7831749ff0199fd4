import type { Connector, GrantsKeys, RequestsAddress, RevokesKeys } from "@/lib/connectors/types";
import { describeKey } from "./describe-key";
import { manifest } from "./manifest";
import { parseReturn } from "./parse-return";
import { probeKey } from "./probe-key";
import { redeemGrant } from "./redeem-grant";
import { release } from "./release";
import { requestConsent } from "./request-consent";
import { verify } from "./verify";

export const powerofficeGo: Connector & RequestsAddress & GrantsKeys & RevokesKeys = {
  manifest,
  requestConsent,
  parseReturn,
  redeemGrant,
  describeKey,
  release,
  // What the consent began and what it became later end by the same call.
  revokeKey: release,
  verify,
  probeKey,
};
