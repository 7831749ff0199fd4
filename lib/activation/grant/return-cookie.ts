export const RETURN_COOKIE = "kytkin_vendor_return";
/** Long enough to sign in on the way. */
export const RETURN_COOKIE_SECONDS = 30 * 60;
/**
 * Not only below `/connect`: the answer to a sign-in already holds the page that it leads to, and that page is made from
 * the cookies of the sign-in's own request.
 */
export const RETURN_COOKIE_PATH = "/";
