"""Everything that writes dues: adopting rules, billing, paying, agreeing, and the stored standing."""
