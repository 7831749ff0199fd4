import type { Answer } from "../../web/answer-call";
import type { Tenant } from "../model";

/** `GET /v1/User/currentPrincipal` in the name of the system user. */
export function getCurrentPrincipal({ id }: Tenant): Answer {
  return {
    status: 200,
    body: {
      UserType: "SystemAssociate",
      Associate: "SYSTEM",
      AssociateId: 1,
      IsPerson: false,
      PersonId: 0,
      CountryId: 0,
      HomeCountryId: 0,
      ContactId: 0,
      GroupId: 0,
      RoleId: 0,
      RoleName: "System",
      RoleDescription: "",
      RoleType: "System",
      Licenses: [],
      FullName: "",
      EMailAddress: "",
      FunctionRights: [],
      EjUserId: 0,
      EjAccessLevel: 0,
      EjUserStatus: "StatusSystem",
      ProvidedCredentials: [],
      SecondaryGroups: [],
      DatabaseContextIdentifier: id,
      UserName: "",
    },
  };
}
