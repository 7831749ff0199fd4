/** What this browser accepted before anybody was signed in. */
export const PENDING_ACCEPTANCE_COOKIE = "kytkin_pending_acceptance";
