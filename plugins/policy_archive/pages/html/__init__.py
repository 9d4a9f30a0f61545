"""HTML of archived words: texts, differences, links, the ledger, topics beside a passage."""
