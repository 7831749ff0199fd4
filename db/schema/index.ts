export * from "./account";
export * from "./activation";
export * from "./delivery";
export * from "./flow";
export * from "./integration";
export * from "./partner";
export * from "./secret";
export * from "./task";
