import type { Connector, GrantsKeys, RequestsAddress } from "@/lib/connectors/types";
import { describeKey } from "./describe-key";
import { manifest } from "./manifest";
import { parseReturn } from "./parse-return";
import { redeemGrant } from "./redeem-grant";
import { release } from "./release";
import { requestConsent } from "./request-consent";
import { verify } from "./verify";

export const powerofficeGo: Connector & RequestsAddress & GrantsKeys = {
  manifest,
  requestConsent,
  parseReturn,
  redeemGrant,
  describeKey,
  release,
  verify,
};
