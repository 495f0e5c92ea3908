// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Which batches exist (锚定)
/// @notice Keeps one record per agency and Merkle root, written once and never changed, and folds every
/// record into one head so that nobody can leave one out unnoticed.
/// @dev head_k = keccak256(abi.encode(DOMAIN, chainid, this contract, k, agency, root, type,
/// schemaVersion, size, suite, time, manifestHash, head_{k-1})), head_0 = 0.
interface IBatchAnchor {
    /// @notice One batch to anchor.
    /// @param root The Merkle root of its certificates, never zero.
    /// @param size The number of its certificates, 1 to 2^32.
    /// @param manifestHash The hash of its public manifest, or 0.
    struct Batch {
        bytes32 root;
        uint40 size;
        bytes32 manifestHash;
    }

    /// @notice The record of one batch.
    /// @param certificateType The code of the type all its certificates are of.
    /// @param schemaVersion The version of the type's schema that they follow.
    /// @param size The number of its certificates.
    /// @param suite How it was hashed: 1 is keccak256, 2 is sm3.
    /// @param time The time of the block that anchored it.
    /// @param sequence Its number in the log, from 1.
    struct Record {
        bytes21 certificateType;
        uint16 schemaVersion;
        uint40 size;
        uint8 suite;
        uint64 time;
        uint64 sequence;
    }

    /// @notice A batch was anchored as number `sequence` of the log.
    /// @param agency The agency that issued it.
    /// @param root The Merkle root of its certificates.
    /// @param certificateType The code of the type all its certificates are of.
    /// @param sequence Its number in the log, from 1 without gaps.
    /// @param schemaVersion The version of the type's schema that they follow.
    /// @param size The number of its certificates.
    /// @param suite How it was hashed: 1 is keccak256, 2 is sm3.
    /// @param time The block's time.
    /// @param manifestHash The hash of its public manifest, or 0.
    /// @param operator The account that anchored it.
    /// @param head The fold of all records up to this one.
    event BatchAnchored(
        bytes18 indexed agency,
        bytes32 indexed root,
        bytes21 indexed certificateType,
        uint64 sequence,
        uint16 schemaVersion,
        uint40 size,
        uint8 suite,
        uint64 time,
        bytes32 manifestHash,
        address operator,
        bytes32 head
    );

    /// @notice The agency has anchored this root before.
    /// @param agency The agency.
    /// @param root The root.
    error BatchAnchorAlreadyAnchored(bytes18 agency, bytes32 root);

    /// @notice A root of zero is no root.
    error BatchAnchorZeroRoot();

    /// @notice A batch holds 1 to 2^32 certificates.
    /// @param size The number it was said to hold.
    error BatchAnchorInvalidSize(uint40 size);

    /// @notice The hash suite is neither 1 nor 2.
    /// @param suite The suite.
    error BatchAnchorUnknownSuite(uint8 suite);

    /// @notice Schema versions start at 1.
    /// @param schemaVersion The version.
    error BatchAnchorInvalidSchemaVersion(uint16 schemaVersion);

    /// @notice The list of batches to anchor is empty.
    error BatchAnchorNothingToAnchor();

    /// @notice The log is frozen: batches are anchored in the deployment that succeeds this one.
    error BatchAnchorFrozen();

    /// @notice Only the agency registry's access manager freezes the log, and only when it is frozen itself:
    /// an administrator who calls through it is refused.
    /// @param account The account that tried.
    error BatchAnchorNotTheAuthorityRegistry(address account);

    /// @notice Anchors one batch for the caller's agency.
    /// @dev The caller must be an operator within its window, of an active agency that is entitled to the
    /// type now: see IAgencyRegistry.issuerOf for its errors. Whether the schema version was published is
    /// not asked here, as it would cost every anchor another read; whoever verifies asks.
    /// @param certificateType The code of the type all its certificates are of.
    /// @param schemaVersion The version of the type's schema that they follow.
    /// @param suite How it was hashed: 1 is keccak256, 2 is sm3.
    /// @param batch The batch.
    function anchor(
        bytes21 certificateType,
        uint16 schemaVersion,
        uint8 suite,
        Batch calldata batch
    ) external;

    /// @notice Anchors several batches of one type in one transaction: all of them or none.
    /// @param certificateType The code of the type all their certificates are of.
    /// @param schemaVersion The version of the type's schema that they follow.
    /// @param suite How they were hashed: 1 is keccak256, 2 is sm3.
    /// @param batches The batches, in the order they enter the log.
    function anchorMany(
        bytes21 certificateType,
        uint16 schemaVersion,
        uint8 suite,
        Batch[] calldata batches
    ) external;

    /// @notice Ends the log: nothing is anchored from now on. The agency registry's access manager, as the
    /// last step of freezing the whole deployment (IAuthorityRegistry.freeze).
    function freeze() external;

    /// @notice The record of a batch.
    /// @param agency The agency that issued it.
    /// @param root Its Merkle root.
    /// @return All zero when it is not anchored.
    function recordOf(bytes18 agency, bytes32 root) external view returns (Record memory);

    /// @notice How many certificates a batch holds.
    /// @param agency The agency that issued it.
    /// @param root Its Merkle root.
    /// @return 0 when it is not anchored.
    function sizeOf(bytes18 agency, bytes32 root) external view returns (uint40);

    /// @notice How many batches are anchored.
    /// @return The number of the last one.
    function sequence() external view returns (uint64);

    /// @notice The fold of all records so far.
    /// @return 0 when there is none yet.
    function head() external view returns (bytes32);

    /// @notice Whether the log has ended.
    /// @return True once it has, for good.
    function isFrozen() external view returns (bool);

    /// @notice Separates this log's hashes from every other use of Keccak-256.
    /// @return keccak256("liangzheng/batch-anchor/1").
    function DOMAIN() external view returns (bytes32);
}
