"""Policy briefs: from results folders to findings, from findings to sentences, from sentences to Word, PDF and HTML."""
