"""What `import policy_archive` offers; other rooms use what this one is made of."""
