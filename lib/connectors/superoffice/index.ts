import { withCredential } from "@/lib/connectors/with-credential";
import { applicationChecks } from "./application-checks";
import { credentialCodec } from "./credential";
import { companies } from "./entities/companies";
import { persons } from "./entities/persons";
import { sales } from "./entities/sales";
import { manifest } from "./manifest";
import { parseReturn } from "./parse-return";
import { prepare } from "./preparation";
import { readInbound } from "./read-inbound";
import { getSignInAddress, redeemSignIn } from "./sign-in";
import { describeTenant, probeKey, verify } from "./verify";

export const superoffice = withCredential(credentialCodec, {
  manifest,
  applicationChecks,
  consent: {
    kind: "authorize",
    // An administrator approves for one tenant at a time.
    covers: "one_environment",
    address: getSignInAddress,
    redeem: redeemSignIn,
    describeKey: describeTenant,
    // No call of the vendor takes an approval back: the administrator uninstalls the application there.
    giveBack: async () => "left_to_customer",
  },
  parseReturn,
  verify,
  probeKey,
  prepare,
  entities: { companies, persons, sales },
  readInbound,
});
