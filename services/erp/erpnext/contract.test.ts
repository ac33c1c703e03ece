import { driverContract } from "../driver.contract.ts";
import { erpnextCase } from "./case.ts";

driverContract(erpnextCase);
