export { startDemoPartner } from "./partner/start-demo-partner";
export { secondaryKeyOf } from "./poweroffice/api/handle-api";
export { startPowerOfficeSandbox } from "./poweroffice/start-poweroffice-sandbox";
export { startProcountorSandbox } from "./procountor/start-procountor-sandbox";
export { startSuperOfficeSandbox } from "./superoffice/start-superoffice-sandbox";
