/** Nothing: without a file of its own the page would be given the portal's. */
export function register(): void {}
