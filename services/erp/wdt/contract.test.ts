import { driverContract } from "../driver.contract.ts";
import { wdtCase } from "./case.ts";

driverContract(wdtCase);
