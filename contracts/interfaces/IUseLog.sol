// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title How far logs of uses had come, and when (用证记录)
/// @notice A verification service writes down each use of a certificate in strands of lines, each line hashed
/// together with the one before it. Here it says now and then how long each strand is and what its last line's
/// hash is, so that nobody can alter, take out or cut off lines later without being found out.
/// @dev It holds no power and no personal data. Whoever calls speaks for its own account alone: a reader asks
/// for the accounts of the services it knows.
interface IUseLog {
    /// @notice A strand as it stands.
    /// @param strand Which one: a number that the service drew when the strand began.
    /// @param length How many lines it has.
    /// @param head The hash of the last of them, never zero.
    struct Head {
        uint64 strand;
        uint64 length;
        bytes32 head;
    }

    /// @notice What was said of a strand.
    /// @param length How many lines it had.
    /// @param time The time of the block that says so.
    /// @param head The hash of the last of them.
    struct Anchor {
        uint64 length;
        uint64 time;
        bytes32 head;
    }

    /// @notice A strand had come so far.
    /// @param account Who says so.
    /// @param strand Which strand.
    /// @param length How many lines it had.
    /// @param head The hash of the last of them.
    /// @param time The block's time.
    event UsesAnchored(
        address indexed account,
        uint64 indexed strand,
        uint64 length,
        bytes32 head,
        uint64 time
    );

    /// @notice A strand only grows.
    /// @param strand Which strand.
    /// @param length How long it was said to be now.
    /// @param anchored How long it was before.
    error UseLogNotLonger(uint64 strand, uint64 length, uint64 anchored);

    /// @notice A head of zero is no head.
    /// @param strand Which strand.
    error UseLogZeroHead(uint64 strand);

    /// @notice The list of heads is empty.
    error UseLogNothingToAnchor();

    /// @notice Says how far strands have come: all of them or none.
    /// @param heads The strands, each longer than it was.
    function anchor(Head[] calldata heads) external;

    /// @notice How many strands an account has anchored.
    /// @param account The account.
    /// @return The number.
    function strandCount(address account) external view returns (uint256);

    /// @notice The strands of an account, in the order in which they were anchored first.
    /// @param account The account.
    /// @param from How many to pass over.
    /// @param most How many to give at most.
    /// @return The strands; fewer where there are no more.
    function strandsOf(
        address account,
        uint256 from,
        uint256 most
    ) external view returns (uint64[] memory);

    /// @notice How often a strand was anchored.
    /// @param account The account.
    /// @param strand Which strand.
    /// @return The number.
    function anchorCount(address account, uint64 strand) external view returns (uint256);

    /// @notice What was said of a strand, oldest first.
    /// @param account The account.
    /// @param strand Which strand.
    /// @param from How many to pass over.
    /// @param most How many to give at most.
    /// @return The anchors; fewer where there are no more.
    function anchorsOf(
        address account,
        uint64 strand,
        uint256 from,
        uint256 most
    ) external view returns (Anchor[] memory);

    /// @notice How long a strand was when it was anchored last.
    /// @param account The account.
    /// @param strand Which strand.
    /// @return 0 where it never was.
    function lengthOf(address account, uint64 strand) external view returns (uint64);
}
