/** Well-known values of the sandbox: they open nothing anywhere else. */
export const credentials = {
	appKey: "34990001",
	secret: "demo-secret-of-the-qimen-sandbox",
	customerId: "c-demo-001",
};
