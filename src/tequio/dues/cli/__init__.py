"""Commands about dues: runs, invoices, payments, agreements, standing."""
