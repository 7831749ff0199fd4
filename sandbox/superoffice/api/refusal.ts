import { HttpError } from "../../web/http-error";

export function failure(ErrorMessage: string, ErrorType: string): object {
  return { Error: true, ErrorType, ErrorMessage, ErrorSource: "stand-in" };
}

/** An error in the vendor's shape. */
export function refusal(status: number, type: string, message: string): HttpError {
  return new HttpError(status, failure(message, type));
}
