import daFlowMail from "./da/flow-mail.json";
import daMail from "./da/mail.json";
import daRightsGo from "./da/rights-poweroffice-go.json";
import daRightsProcountor from "./da/rights-procountor.json";
import daSignIn from "./da/sign-in.json";
import daUi from "./da/ui.json";
import daVendorGo from "./da/vendor-poweroffice-go.json";
import enFlowMail from "./en/flow-mail.json";
import enMail from "./en/mail.json";
import enRightsGo from "./en/rights-poweroffice-go.json";
import enRightsProcountor from "./en/rights-procountor.json";
import enSignIn from "./en/sign-in.json";
import enUi from "./en/ui.json";
import enVendorGo from "./en/vendor-poweroffice-go.json";
import fiFlowMail from "./fi/flow-mail.json";
import fiMail from "./fi/mail.json";
import fiRightsGo from "./fi/rights-poweroffice-go.json";
import fiRightsProcountor from "./fi/rights-procountor.json";
import fiSignIn from "./fi/sign-in.json";
import fiUi from "./fi/ui.json";
import fiVendorGo from "./fi/vendor-poweroffice-go.json";
import nbFlowMail from "./nb/flow-mail.json";
import nbMail from "./nb/mail.json";
import nbRightsGo from "./nb/rights-poweroffice-go.json";
import nbRightsProcountor from "./nb/rights-procountor.json";
import nbSignIn from "./nb/sign-in.json";
import nbUi from "./nb/ui.json";
import nbVendorGo from "./nb/vendor-poweroffice-go.json";
import svFlowMail from "./sv/flow-mail.json";
import svMail from "./sv/mail.json";
import svRightsGo from "./sv/rights-poweroffice-go.json";
import svRightsProcountor from "./sv/rights-procountor.json";
import svSignIn from "./sv/sign-in.json";
import svUi from "./sv/ui.json";
import svVendorGo from "./sv/vendor-poweroffice-go.json";

/** Rights of several vendors in one catalogue; names of levels are shared. */
function joinRights<One extends { rights: { levels: object } }, Other extends { rights: { levels: object } }>(
  one: One,
  other: Other,
) {
  const levels: One["rights"]["levels"] & Other["rights"]["levels"] = {
    ...one.rights.levels,
    ...other.rights.levels,
  };
  return { rights: { ...one.rights, ...other.rights, levels } };
}

/** The catalogue of each language; messages.test.ts keeps their keys and arguments alike. */
export const en = {
  ...enUi,
  ...enSignIn,
  ...enMail,
  ...enFlowMail,
  ...joinRights(enRightsProcountor, enRightsGo),
  ...enVendorGo,
};
export const fi = {
  ...fiUi,
  ...fiSignIn,
  ...fiMail,
  ...fiFlowMail,
  ...joinRights(fiRightsProcountor, fiRightsGo),
  ...fiVendorGo,
};
export const nb = {
  ...nbUi,
  ...nbSignIn,
  ...nbMail,
  ...nbFlowMail,
  ...joinRights(nbRightsProcountor, nbRightsGo),
  ...nbVendorGo,
};
export const sv = {
  ...svUi,
  ...svSignIn,
  ...svMail,
  ...svFlowMail,
  ...joinRights(svRightsProcountor, svRightsGo),
  ...svVendorGo,
};
export const da = {
  ...daUi,
  ...daSignIn,
  ...daMail,
  ...daFlowMail,
  ...joinRights(daRightsProcountor, daRightsGo),
  ...daVendorGo,
};
