import { account } from "./account";
import { activation } from "./activation";
import { connection } from "./connection";
import { deadLinks, noCompany, setbacks } from "./dead-ends";
import { files } from "./files";
import { giveUp } from "./give-up";
import { operatorPages } from "./operator";
import { partnerConsole } from "./partner-console";
import { partnerForm, partnerPage, repeatedRejection } from "./partner-steps";
import { publicPages } from "./public-pages";
import { signingIn } from "./signing-in";
import { specificationEditor } from "./specification-editor";
import { startHere } from "./start-here";
import type { Tour } from "./tour";
import { update } from "./update";
import { vendorReturn } from "./vendor-return";

/** Together they pass every page of the flow in each state that looks different. */
export const TOURS: Record<string, Tour> = {
  "from the link to being signed in": signingIn,
  "an activation that is decided at once": activation,
  "a hand-over, and what belongs to a person": account,
  "a connection and its end": connection,
  "a newer version that waits": update,
  "an integration that is given up": giveUp,
  "files by sFTP": files,
  "a request on the partner's page": partnerPage,
  "a request with the partner's form": partnerForm,
  "a request that is rejected again": repeatedRejection,
  "the way back from the vendor": vendorReturn,
  "links that do not work": deadLinks,
  "setbacks before the submission": setbacks,
  "no company to pick": noCompany,
  "pages for everybody": publicPages,
  "the pages of an operator": operatorPages,
  "a partner's console": partnerConsole,
  "the first page of the demo, and its shop": startHere,
  "writing and reviewing a specification": specificationEditor,
};
