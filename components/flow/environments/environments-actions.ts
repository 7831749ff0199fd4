import type { FormAction } from "@/components/ui/form-state";

export type EnvironmentsActions = {
  /** Sends the browser to the vendor; gets `linkToken`. */
  beginConsent: FormAction;
  /** Takes one of several consents out of the draft; gets `linkToken` and `grantId`. */
  removeConsent: FormAction;
  /** Saves the pick and goes on; gets `linkToken` and one `candidateIds` for each ticked environment. */
  selectEnvironments: FormAction;
};
