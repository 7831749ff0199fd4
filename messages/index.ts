import consoleAlerts from "./console/alerts.json";
import consoleApplications from "./console/applications.json";
import consoleEditor from "./console/editor.json";
import consoleLinks from "./console/links.json";
import consoleLookUp from "./console/look-up.json";
import consolePartner from "./console/partner.json";
import consoleReviews from "./console/reviews.json";
import consoleWebhooks from "./console/webhooks.json";
import daAccount from "./da/account.json";
import daCatalogue from "./da/catalogue.json";
import daCauses from "./da/causes.json";
import daCompanies from "./da/companies.json";
import daConnection from "./da/connection.json";
import daDeliveries from "./da/deliveries.json";
import daDigest from "./da/digest.json";
import daEntitiesGo from "./da/entities-poweroffice-go.json";
import daEntitiesProcountor from "./da/entities-procountor.json";
import daEntitiesSuperOffice from "./da/entities-superoffice.json";
import daFlowMail from "./da/flow-mail.json";
import daIntakeFile from "./da/intake-file.json";
import daMail from "./da/mail.json";
import daManualPath from "./da/manual-path.json";
import daOperator from "./da/operator.json";
import daPartnerApi from "./da/partner-api.json";
import daPartners from "./da/partners.json";
import daRightsGo from "./da/rights-poweroffice-go.json";
import daRightsProcountor from "./da/rights-procountor.json";
import daRightsSuperOffice from "./da/rights-superoffice.json";
import daSettings from "./da/settings.json";
import daSftp from "./da/sftp.json";
import daSignIn from "./da/sign-in.json";
import daSpecification from "./da/specification.json";
import daTimeline from "./da/timeline.json";
import daUi from "./da/ui.json";
import daUpdates from "./da/updates.json";
import daVendorGo from "./da/vendor-poweroffice-go.json";
import daVendorProcountor from "./da/vendor-procountor.json";
import daVendorSuperOffice from "./da/vendor-superoffice.json";
import enAccount from "./en/account.json";
import enCatalogue from "./en/catalogue.json";
import enCauses from "./en/causes.json";
import enCompanies from "./en/companies.json";
import enConnection from "./en/connection.json";
import enDeliveries from "./en/deliveries.json";
import enDigest from "./en/digest.json";
import enEntitiesGo from "./en/entities-poweroffice-go.json";
import enEntitiesProcountor from "./en/entities-procountor.json";
import enEntitiesSuperOffice from "./en/entities-superoffice.json";
import enFlowMail from "./en/flow-mail.json";
import enIntakeFile from "./en/intake-file.json";
import enMail from "./en/mail.json";
import enManualPath from "./en/manual-path.json";
import enOperator from "./en/operator.json";
import enPartnerApi from "./en/partner-api.json";
import enPartners from "./en/partners.json";
import enRightsGo from "./en/rights-poweroffice-go.json";
import enRightsProcountor from "./en/rights-procountor.json";
import enRightsSuperOffice from "./en/rights-superoffice.json";
import enSettings from "./en/settings.json";
import enSftp from "./en/sftp.json";
import enSignIn from "./en/sign-in.json";
import enSpecification from "./en/specification.json";
import enTimeline from "./en/timeline.json";
import enUi from "./en/ui.json";
import enUpdates from "./en/updates.json";
import enVendorGo from "./en/vendor-poweroffice-go.json";
import enVendorProcountor from "./en/vendor-procountor.json";
import enVendorSuperOffice from "./en/vendor-superoffice.json";
import fiAccount from "./fi/account.json";
import fiCatalogue from "./fi/catalogue.json";
import fiCauses from "./fi/causes.json";
import fiCompanies from "./fi/companies.json";
import fiConnection from "./fi/connection.json";
import fiDeliveries from "./fi/deliveries.json";
import fiDigest from "./fi/digest.json";
import fiEntitiesGo from "./fi/entities-poweroffice-go.json";
import fiEntitiesProcountor from "./fi/entities-procountor.json";
import fiEntitiesSuperOffice from "./fi/entities-superoffice.json";
import fiFlowMail from "./fi/flow-mail.json";
import fiIntakeFile from "./fi/intake-file.json";
import fiMail from "./fi/mail.json";
import fiManualPath from "./fi/manual-path.json";
import fiOperator from "./fi/operator.json";
import fiPartnerApi from "./fi/partner-api.json";
import fiPartners from "./fi/partners.json";
import fiRightsGo from "./fi/rights-poweroffice-go.json";
import fiRightsProcountor from "./fi/rights-procountor.json";
import fiRightsSuperOffice from "./fi/rights-superoffice.json";
import fiSettings from "./fi/settings.json";
import fiSftp from "./fi/sftp.json";
import fiSignIn from "./fi/sign-in.json";
import fiSpecification from "./fi/specification.json";
import fiTimeline from "./fi/timeline.json";
import fiUi from "./fi/ui.json";
import fiUpdates from "./fi/updates.json";
import fiVendorGo from "./fi/vendor-poweroffice-go.json";
import fiVendorProcountor from "./fi/vendor-procountor.json";
import fiVendorSuperOffice from "./fi/vendor-superoffice.json";
import nbAccount from "./nb/account.json";
import nbCatalogue from "./nb/catalogue.json";
import nbCauses from "./nb/causes.json";
import nbCompanies from "./nb/companies.json";
import nbConnection from "./nb/connection.json";
import nbDeliveries from "./nb/deliveries.json";
import nbDigest from "./nb/digest.json";
import nbEntitiesGo from "./nb/entities-poweroffice-go.json";
import nbEntitiesProcountor from "./nb/entities-procountor.json";
import nbEntitiesSuperOffice from "./nb/entities-superoffice.json";
import nbFlowMail from "./nb/flow-mail.json";
import nbIntakeFile from "./nb/intake-file.json";
import nbMail from "./nb/mail.json";
import nbManualPath from "./nb/manual-path.json";
import nbOperator from "./nb/operator.json";
import nbPartnerApi from "./nb/partner-api.json";
import nbPartners from "./nb/partners.json";
import nbRightsGo from "./nb/rights-poweroffice-go.json";
import nbRightsProcountor from "./nb/rights-procountor.json";
import nbRightsSuperOffice from "./nb/rights-superoffice.json";
import nbSettings from "./nb/settings.json";
import nbSftp from "./nb/sftp.json";
import nbSignIn from "./nb/sign-in.json";
import nbSpecification from "./nb/specification.json";
import nbTimeline from "./nb/timeline.json";
import nbUi from "./nb/ui.json";
import nbUpdates from "./nb/updates.json";
import nbVendorGo from "./nb/vendor-poweroffice-go.json";
import nbVendorProcountor from "./nb/vendor-procountor.json";
import nbVendorSuperOffice from "./nb/vendor-superoffice.json";
import svAccount from "./sv/account.json";
import svCatalogue from "./sv/catalogue.json";
import svCauses from "./sv/causes.json";
import svCompanies from "./sv/companies.json";
import svConnection from "./sv/connection.json";
import svDeliveries from "./sv/deliveries.json";
import svDigest from "./sv/digest.json";
import svEntitiesGo from "./sv/entities-poweroffice-go.json";
import svEntitiesProcountor from "./sv/entities-procountor.json";
import svEntitiesSuperOffice from "./sv/entities-superoffice.json";
import svFlowMail from "./sv/flow-mail.json";
import svIntakeFile from "./sv/intake-file.json";
import svMail from "./sv/mail.json";
import svManualPath from "./sv/manual-path.json";
import svOperator from "./sv/operator.json";
import svPartnerApi from "./sv/partner-api.json";
import svPartners from "./sv/partners.json";
import svRightsGo from "./sv/rights-poweroffice-go.json";
import svRightsProcountor from "./sv/rights-procountor.json";
import svRightsSuperOffice from "./sv/rights-superoffice.json";
import svSettings from "./sv/settings.json";
import svSftp from "./sv/sftp.json";
import svSignIn from "./sv/sign-in.json";
import svSpecification from "./sv/specification.json";
import svTimeline from "./sv/timeline.json";
import svUi from "./sv/ui.json";
import svUpdates from "./sv/updates.json";
import svVendorGo from "./sv/vendor-poweroffice-go.json";
import svVendorProcountor from "./sv/vendor-procountor.json";
import svVendorSuperOffice from "./sv/vendor-superoffice.json";

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

/** Each vendor's own words, by its connector's id. */
function joinVendors<One extends { vendors: object }, Other extends { vendors: object }>(
  one: One,
  other: Other,
) {
  const vendors: One["vendors"] & Other["vendors"] = { ...one.vendors, ...other.vendors };
  return { vendors };
}

/** The words of what can be delivered, by connector and entity. */
function joinEntities<One extends { entities: object }, Other extends { entities: object }>(
  one: One,
  other: Other,
) {
  const entities: One["entities"] & Other["entities"] = { ...one.entities, ...other.entities };
  return { entities };
}

/** The catalogue of each language; messages.test.ts keeps their keys and arguments alike. */
export const en = {
  ...enSpecification,
  // The console is in English; a language may follow by a file of its own.
  ...consolePartner,
  ...consoleEditor,
  ...consoleReviews,
  ...consoleAlerts,
  ...consoleApplications,
  ...consoleLinks,
  ...consoleLookUp,
  ...consoleWebhooks,
  ...enUi,
  ...enSignIn,
  ...enMail,
  ...enFlowMail,
  ...joinRights(joinRights(enRightsProcountor, enRightsGo), enRightsSuperOffice),
  ...joinVendors(joinVendors(enVendorGo, enVendorProcountor), enVendorSuperOffice),
  ...enAccount,
  ...enCatalogue,
  ...enCauses,
  ...enCompanies,
  ...joinEntities(joinEntities(enEntitiesGo, enEntitiesProcountor), enEntitiesSuperOffice),
  ...enConnection,
  ...enIntakeFile,
  ...enDeliveries,
  ...enSftp,
  ...enManualPath,
  ...enOperator,
  ...enPartnerApi,
  ...enDigest,
  ...enSettings,
  ...enTimeline,
  ...enUpdates,
  ...enPartners,
};
export const fi = {
  ...fiSpecification,
  ...consolePartner,
  ...consoleEditor,
  ...consoleReviews,
  ...consoleAlerts,
  ...consoleApplications,
  ...consoleLinks,
  ...consoleLookUp,
  ...consoleWebhooks,
  ...fiUi,
  ...fiSignIn,
  ...fiMail,
  ...fiFlowMail,
  ...joinRights(joinRights(fiRightsProcountor, fiRightsGo), fiRightsSuperOffice),
  ...joinVendors(joinVendors(fiVendorGo, fiVendorProcountor), fiVendorSuperOffice),
  ...fiAccount,
  ...fiCatalogue,
  ...fiCauses,
  ...fiCompanies,
  ...joinEntities(joinEntities(fiEntitiesGo, fiEntitiesProcountor), fiEntitiesSuperOffice),
  ...fiConnection,
  ...fiIntakeFile,
  ...fiDeliveries,
  ...fiSftp,
  ...fiManualPath,
  ...fiOperator,
  ...fiPartnerApi,
  ...fiDigest,
  ...fiSettings,
  ...fiTimeline,
  ...fiUpdates,
  ...fiPartners,
};
export const nb = {
  ...nbSpecification,
  ...consolePartner,
  ...consoleEditor,
  ...consoleReviews,
  ...consoleAlerts,
  ...consoleApplications,
  ...consoleLinks,
  ...consoleLookUp,
  ...consoleWebhooks,
  ...nbUi,
  ...nbSignIn,
  ...nbMail,
  ...nbFlowMail,
  ...joinRights(joinRights(nbRightsProcountor, nbRightsGo), nbRightsSuperOffice),
  ...joinVendors(joinVendors(nbVendorGo, nbVendorProcountor), nbVendorSuperOffice),
  ...nbAccount,
  ...nbCatalogue,
  ...nbCauses,
  ...nbCompanies,
  ...joinEntities(joinEntities(nbEntitiesGo, nbEntitiesProcountor), nbEntitiesSuperOffice),
  ...nbConnection,
  ...nbIntakeFile,
  ...nbDeliveries,
  ...nbSftp,
  ...nbManualPath,
  ...nbOperator,
  ...nbPartnerApi,
  ...nbDigest,
  ...nbSettings,
  ...nbTimeline,
  ...nbUpdates,
  ...nbPartners,
};
export const sv = {
  ...svSpecification,
  ...consolePartner,
  ...consoleEditor,
  ...consoleReviews,
  ...consoleAlerts,
  ...consoleApplications,
  ...consoleLinks,
  ...consoleLookUp,
  ...consoleWebhooks,
  ...svUi,
  ...svSignIn,
  ...svMail,
  ...svFlowMail,
  ...joinRights(joinRights(svRightsProcountor, svRightsGo), svRightsSuperOffice),
  ...joinVendors(joinVendors(svVendorGo, svVendorProcountor), svVendorSuperOffice),
  ...svAccount,
  ...svCatalogue,
  ...svCauses,
  ...svCompanies,
  ...joinEntities(joinEntities(svEntitiesGo, svEntitiesProcountor), svEntitiesSuperOffice),
  ...svConnection,
  ...svIntakeFile,
  ...svDeliveries,
  ...svSftp,
  ...svManualPath,
  ...svOperator,
  ...svPartnerApi,
  ...svDigest,
  ...svSettings,
  ...svTimeline,
  ...svUpdates,
  ...svPartners,
};
export const da = {
  ...daSpecification,
  ...consolePartner,
  ...consoleEditor,
  ...consoleReviews,
  ...consoleAlerts,
  ...consoleApplications,
  ...consoleLinks,
  ...consoleLookUp,
  ...consoleWebhooks,
  ...daUi,
  ...daSignIn,
  ...daMail,
  ...daFlowMail,
  ...joinRights(joinRights(daRightsProcountor, daRightsGo), daRightsSuperOffice),
  ...joinVendors(joinVendors(daVendorGo, daVendorProcountor), daVendorSuperOffice),
  ...daAccount,
  ...daCatalogue,
  ...daCauses,
  ...daCompanies,
  ...joinEntities(joinEntities(daEntitiesGo, daEntitiesProcountor), daEntitiesSuperOffice),
  ...daConnection,
  ...daIntakeFile,
  ...daDeliveries,
  ...daSftp,
  ...daManualPath,
  ...daOperator,
  ...daPartnerApi,
  ...daDigest,
  ...daSettings,
  ...daTimeline,
  ...daUpdates,
  ...daPartners,
};
