export { startDemoPartner } from "./partner/start-demo-partner";
export { startProcountorSandbox } from "./procountor/start-procountor-sandbox";
