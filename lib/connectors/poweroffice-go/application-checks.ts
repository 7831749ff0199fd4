import { randomUUID } from "node:crypto";
import type { ApplicationCheck } from "@/lib/connectors/connector";
import { ConnectorError } from "@/lib/connectors/errors";
import { repeatRead } from "@/lib/connectors/repeat-read";
import { initiate, requestToken } from "./call-vendor";

/** Go allows `localhost` as a return address for trying out. */
const TRIAL_ADDRESS = new URL("https://localhost/connect/return");

const namesReturnAddress = (error: ConnectorError): boolean =>
  error.answer.messages.some((message) => /redirect/i.test(message));

export const applicationChecks: readonly ApplicationCheck[] = [
  {
    title: "PowerOffice Go accepts the subscription key",
    // A client key that no customer has: the refusal of that key is behind the gateway that looks at the subscription key.
    run: async (context) => {
      try {
        await repeatRead(context, () => requestToken(context, randomUUID()));
      } catch (error) {
        if (!(error instanceof ConnectorError) || error.kind !== "disconnected") throw error;
      }
      return "passed";
    },
  },
  {
    title: "PowerOffice Go knows the application key and the return address",
    run: async (context) => {
      try {
        await repeatRead(context, () => initiate(context, context.returnUrl ?? TRIAL_ADDRESS));
        return "passed";
      } catch (error) {
        const isForAddress = error instanceof ConnectorError && namesReturnAddress(error);
        if (context.returnUrl === null && isForAddress)
          return {
            skipped:
              "The application key is known. The return address is tried once an integration uses the application.",
          };
        throw error;
      }
    },
  },
];
