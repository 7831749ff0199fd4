import type {
  ChecksBeforehand,
  Connector,
  GrantsKeys,
  RequestsAddress,
  RevokesKeys,
  TakesPastedKeys,
} from "@/lib/connectors/connector";
import { describeKey } from "./describe-key";
import { manifest } from "./manifest";
import { parseReturn } from "./parse-return";
import { pasteKey } from "./paste-key";
import { preflight } from "./preflight";
import { probeKey } from "./probe-key";
import { redeemGrant } from "./redeem-grant";
import { release } from "./release";
import { requestConsent } from "./request-consent";
import { verify } from "./verify";

export const powerofficeGo: Connector &
  RequestsAddress &
  GrantsKeys &
  ChecksBeforehand &
  RevokesKeys &
  TakesPastedKeys = {
  manifest,
  requestConsent,
  parseReturn,
  redeemGrant,
  describeKey,
  preflight,
  release,
  // What the consent began and what it became later end by the same call.
  revokeKey: release,
  pasteKey,
  verify,
  probeKey,
};
