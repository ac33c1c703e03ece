import { genericCase, qimenCase } from "./dialect-cases.ts";
import { driverContract } from "./driver.contract.ts";

driverContract(qimenCase);
driverContract(genericCase);
