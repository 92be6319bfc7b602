/** Task queues of the steps of connectors and of user code, where machines are set apart for them. */
export const apartQueues = { connector: 'wfaib-connector', sandbox: 'wfaib-sandbox' } as const;
