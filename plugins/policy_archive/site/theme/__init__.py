"""The theme around a page: MkDocs' pages and files, the frame, navigation, what each depends on."""
